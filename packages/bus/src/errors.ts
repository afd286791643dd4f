/** Thrown by a handler: trying again cannot help, so the message becomes a dead letter at once. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}
/** The broker cannot be reached or blocks publishers; nothing was sent. */
export class BusAway extends Error {
  override readonly name = 'BusAway';
}
/** The broker refused the message or did not confirm it in time: it may or may not have arrived. */
export class NotConfirmed extends Error {
  override readonly name = 'NotConfirmed';
}
/** The broker confirmed the message but had no queue for it. */
export class Unroutable extends Error {
  override readonly name = 'Unroutable';
}
/** The broker's exchanges and queues are not those this code expects. */
export class TopologyMismatch extends Error {
  override readonly name = 'TopologyMismatch';
}
