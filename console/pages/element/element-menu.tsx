import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Download, EllipsisVertical, Images, Pencil, Trash2 } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useLocation } from 'wouter';
import { deleteElement, type ElementDetails } from '../../../client/index.ts';
import { apiUrl, client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { notifyDone } from '../../parts/notify.ts';
import { OnceAsked } from '../../parts/once-asked.tsx';

/** Loaded once they are asked for: few want them, and the page is one of the heaviest. */
const ChangeElement = lazy(() => import('./change-element.tsx').then((file) => ({ default: file.ChangeElement })));
const OrderAngles = lazy(() => import('./order-angles.tsx').then((file) => ({ default: file.OrderAngles })));

/** What else is done with an element: other words and tags, further views, one file of it all, and deleting it. */
export function ElementMenu({ element }: { element: ElementDetails }) {
  const { element_id, element_name } = element;
  const [isChanging, changing] = useDisclosure(false);
  const [isOrdering, ordering] = useDisclosure(false);
  const [isDeleting, deleting] = useDisclosure(false);
  const queries = useQueryClient();
  const [, go] = useLocation();
  const remove = async () => {
    await deleteElement(client, element_id);
    go('/elements');
    // After the page that shows it has gone: it would ask again.
    requestAnimationFrame(() => queries.removeQueries({ queryKey: kept.element(element_id) }));
    void queries.invalidateQueries({ queryKey: kept.elements() });
    notifyDone(`${element_name} was deleted`);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More">
            <EllipsisVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={changing.open}>
            Name, description, tags
          </Menu.Item>
          <Menu.Item leftSection={<Images size={16} aria-hidden />} onClick={ordering.open}>
            Make further views
          </Menu.Item>
          <Menu.Item
            component="a"
            href={`${apiUrl}/v1/elements/${element_id}/export`}
            download
            leftSection={<Download size={16} aria-hidden />}
          >
            Export as one file
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<Trash2 size={16} aria-hidden />}
            onClick={deleting.open}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <OnceAsked asked={isChanging}>
        <ChangeElement element={element} opened={isChanging} onClose={changing.close} />
      </OnceAsked>
      {isOrdering && (
        <Suspense>
          <OrderAngles element={element} onClose={ordering.close} />
        </Suspense>
      )}
      <Confirm
        opened={isDeleting}
        title={`Delete ${element_name}?`}
        action="Delete"
        onConfirm={remove}
        onClose={deleting.close}
      >
        Its pictures and cut-outs are removed for good, and no new video can name it. Videos made with it stay. An
        export keeps it.
      </Confirm>
    </>
  );
}
