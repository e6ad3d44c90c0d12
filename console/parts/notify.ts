import { notifications } from '@mantine/notifications';
import { describeError } from './error-note.tsx';

/** Says that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 4000 });
}

/** Says what went wrong with something that has no place of its own on the page. */
export function notifyFailed(error: unknown): void {
  const { title, message } = describeError(error);
  notifications.show({ title, message, color: 'red', autoClose: 8000 });
}
