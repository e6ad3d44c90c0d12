import type { FastifyInstance } from 'fastify';
import type { Door, Form } from '../form.ts';
import { registerCosts } from './costs.ts';
import { registerLibrary } from './library.ts';
import { presentRefusal } from './present-error.ts';
import { products } from './products.ts';
import { registerTasks } from './register-tasks.ts';
import { registerVoices } from './voices.ts';

/** Where relays put the same routes. */
const relayPrefix = '/kling';

const rootProducts = products.filter(({ isBelowPrefixOnly }) => !isBelowPrefixOnly);

/** The official Kling form: for programs of the vendor's own API with another base URL. */
export const klingOfficial: Form = {
  name: 'official Kling form',
  presentError: presentRefusal,
  hasPath: (path) =>
    /^\/kling(?:\/|$)|^\/v1\/general(?:\/|$)|^\/account(?:\/|$)/.test(path) ||
    rootProducts.some((product) => path === product.path || path.startsWith(`${product.path}/`)),
  register: registerKling,
};

function registerKling(app: FastifyInstance, door: Door): void {
  for (const prefix of ['', relayPrefix]) {
    for (const product of prefix === '' ? rootProducts : products) registerTasks(app, door, product, prefix);
    registerLibrary(app, door, prefix);
    registerVoices(app, door, prefix);
    registerCosts(app, door, prefix);
  }
}
