/** The port of every part, as an offset from one base. */
export const portOffsets = {
  user: 1,
  catalogue: 2,
  cart: 3,
  payment: 4,
  shipping: 5,
  ratings: 6,
  dispatch: 7,
  card: 11,
  carrier: 12,
  smtp: 13,
  simulators: 14,
  mpesa: 15,
  traces: 16,
  redis: 21,
  mariadb: 22,
  rabbitmq: 23,
  rabbitmqNodes: 24,
  rabbitmqManagement: 25,
  epmd: 26,
  mongo: 27,
  prometheus: 28,
  alertmanager: 29,
} as const;

export type PortName = keyof typeof portOffsets;

/** Answers the port of a part on 127.0.0.1. */
export type Ports = (name: PortName) => number;

export const portsFrom =
  (base: number): Ports =>
  (name) =>
    base + portOffsets[name];
