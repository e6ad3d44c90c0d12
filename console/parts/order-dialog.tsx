import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { createUniqueId, type Task } from '../../client/index.ts';
import { useModels } from '../api/use-models.ts';
import { ErrorNote } from './error-note.tsx';
import { Price } from './price.tsx';

interface OrderDialogProps {
  opened: boolean;
  title: string;
  /** What the button says. */
  action: string;
  /** Its price is that of a call. */
  model: string;
  children: ReactNode;
  /** With the same key for as long as the dialog is open: a second click after a lost answer pays for nothing twice. */
  onOrder: (options: { idempotencyKey: string }) => Promise<Task>;
  onDone: (task: Task) => void;
  onClose: () => void;
}

/** Says what something costs before it is ordered. What is refused is said in the dialog, which stays open then. */
export function OrderDialog({ opened, title, onClose, ...order }: OrderDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={600}>{title}</Text>}>
      <Order {...order} />
    </Modal>
  );
}

function Order({ action, model, children, onOrder, onDone }: Omit<OrderDialogProps, 'opened' | 'title' | 'onClose'>) {
  const [idempotencyKey] = useState(createUniqueId);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const models = useModels();
  const order = async () => {
    setBusy(true);
    setFault(null);
    try {
      onDone(await onOrder({ idempotencyKey }));
    } catch (error) {
      setFault(error);
    }
    setBusy(false);
  };
  return (
    <Stack>
      <Text>{children}</Text>
      {fault !== null && <ErrorNote error={fault} />}
      <Group justify="space-between">
        <Price credits={models.data?.find(({ id }) => id === model)?.credits} />
        <Button onClick={() => void order()} loading={isBusy} data-autofocus>
          {action}
        </Button>
      </Group>
    </Stack>
  );
}
