import { useLocation } from 'wouter';
import { createAngles, type ElementDetails } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { OrderDialog } from '../../parts/order-dialog.tsx';

interface OrderAnglesProps {
  element: ElementDetails;
  onClose: () => void;
}

/** Has further views made of an element, and goes to their task. */
export function OrderAngles({ element: { element_id, element_name }, onClose }: OrderAnglesProps) {
  const [, go] = useLocation();
  return (
    <OrderDialog
      opened
      title={`Further views of ${element_name}`}
      action="Make them"
      model="kling-image-angles"
      onOrder={(options) => createAngles(client, element_id, {}, options)}
      onDone={({ id }) => go(`/tasks/${id}`)}
      onClose={onClose}
    >
      Nine pictures in three sets, from other sides, made by the Kling API of the frontal picture alone. The set that
      you choose then becomes a new element with it; this one stays as it is.
    </OrderDialog>
  );
}
