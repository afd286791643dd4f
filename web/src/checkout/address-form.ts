import { Address } from '@shopstack/contracts/primitives';
import { z } from 'zod';

const { name, line1, line2, city, region, postcode, country, phone } = Address.shape;
const blankOr = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema]);

/** What the fields hold: optional ones are empty texts. The limits are the contract's. */
export const AddressForm = z.object({
  name,
  line1,
  line2: blankOr(line2.unwrap()),
  city,
  region: blankOr(region.unwrap()),
  postcode,
  country,
  phone: blankOr(phone.unwrap()),
});
export type AddressForm = z.input<typeof AddressForm>;

export const emptyAddress: AddressForm = {
  name: '',
  line1: '',
  line2: '',
  city: '',
  region: '',
  postcode: '',
  country: '',
  phone: '',
};

export const toForm = (address: Address): AddressForm => ({
  name: address.name,
  line1: address.line1,
  line2: address.line2 ?? '',
  city: address.city,
  region: address.region ?? '',
  postcode: address.postcode,
  country: address.country,
  phone: address.phone ?? '',
});

/** The address as services want it: nothing empty in it. */
export function toAddress(form: AddressForm): Address {
  const { line2: second, region: area, phone: number, ...needed } = form;
  return {
    ...needed,
    ...(second ? { line2: second } : {}),
    ...(area ? { region: area } : {}),
    ...(number ? { phone: number } : {}),
  };
}

export type FieldProblem = 'required' | 'email' | 'phone' | 'long' | 'country' | 'invalid';

/** Which words fit what zod found wrong with a field. */
export function fieldProblem(field: string, zodCode: string | undefined): FieldProblem {
  if (zodCode === 'too_big') return 'long';
  if (field === 'country') return 'country';
  if (field === 'phone') return 'phone';
  if (zodCode === 'too_small' || zodCode === 'invalid_type') return 'required';
  return field === 'email' ? 'email' : 'invalid';
}
