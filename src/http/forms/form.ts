import type { FastifyInstance } from 'fastify';
import type { Context } from '../../flow/index.ts';
import type { Places } from '../bodies/places.ts';
import type { HttpSettings } from '../config.ts';
import type { OpenStreams } from '../open-streams.ts';
import type { PresentError } from '../send-error.ts';

/** What the door hands to a form: the program, its own settings, and what all forms count together. */
export interface Door {
  context: Context;
  settings: HttpSettings;
  streams: OpenStreams;
  places: Places;
}

/**
 * One form in which programs speak to the server: the paths, bodies and refusals that they know. A form translates requests
 * in and answers out and decides nothing; what it asks of the flow is what every other form asks.
 */
export interface Form {
  /** As documents and guides call it. */
  name: string;
  /** Its error table. */
  presentError: PresentError;
  /** Whether a path that no route takes is answered in this form. */
  hasPath(path: string): boolean;
  /** Adds its routes to an app of its own, where whatever goes wrong is told by `presentError`. */
  register(app: FastifyInstance, door: Door): void | Promise<void>;
}
