/** Ids from `from` on and before `before`; open where a bound is missing. Ids sort by time. */
export interface Range {
  from?: string;
  before?: string;
}

export const idFilter = ({ from, before }: Range): { _id?: { $gte?: string; $lt?: string } } =>
  from === undefined && before === undefined
    ? {}
    : {
        _id: {
          ...(from === undefined ? {} : { $gte: from }),
          ...(before === undefined ? {} : { $lt: before }),
        },
      };
