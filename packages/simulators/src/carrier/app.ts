import { createApi, endApi, Refusal, requireKey } from '../refusal.ts';
import { type Carrier, NewShipment } from './carrier.ts';

/** The carrier's HTTP interface; packages/simulators/README.md describes it for callers. */
export function createCarrierApp(carrier: Carrier, key: string) {
  const app = createApi();
  app.use(requireKey(key));
  app.post('/shipments', (req, res) => {
    const { shipment, isNew } = carrier.book(NewShipment.parse(req.body));
    if (shipment.state === 'cancelled')
      throw new Refusal(409, 'shipment-cancelled', 'This reference was cancelled');
    res.status(isNew ? 201 : 200).json(shipment);
  });
  app.get('/shipments/:reference', (req, res) => {
    const shipment = carrier.find(req.params.reference);
    if (!shipment) throw new Refusal(404, 'shipment-unknown', 'There is no such shipment');
    res.json(shipment);
  });
  app.delete('/shipments/:reference', (req, res) => {
    const outcome = carrier.cancel(req.params.reference);
    if (outcome === 'unknown') throw new Refusal(404, 'shipment-unknown', 'There is no such shipment');
    if (outcome === 'too-late') throw new Refusal(409, 'shipment-dispatched', 'The parcel has left');
    res.status(204).end();
  });
  return endApi(app);
}
