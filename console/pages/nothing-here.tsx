import { Button } from '@mantine/core';
import { Compass } from 'lucide-react';
import { Link } from 'wouter';
import { Empty } from '../parts/empty.tsx';
import { Page } from '../parts/page.tsx';

/** At an address that no page has. */
export function NothingHere() {
  return (
    <Page title="Nothing here">
      <Empty
        icon={<Compass size={40} />}
        title="There is no page at this address"
        action={
          <Button component={Link} href="/">
            Go home
          </Button>
        }
      >
        It may have been deleted, or the address was cut off.
      </Empty>
    </Page>
  );
}
