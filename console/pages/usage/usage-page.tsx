import { Button, SegmentedControl } from '@mantine/core';
import { ChartColumn, Download } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { exportTransfers } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { useRole } from '../../api/use-me.ts';
import { Empty } from '../../parts/empty.tsx';
import { notifyFailed } from '../../parts/notify.ts';
import { Page } from '../../parts/page.tsx';
import { saveAs } from '../../parts/save-as.ts';
import { SkeletonRows } from '../../parts/skeleton-rows.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { Money } from '../home/money.tsx';
import { LedgerTable } from './ledger-table.tsx';

// The accounts and the chart are loaded by those who look at them.
const Spending = lazy(() => import('./spending.tsx').then((file) => ({ default: file.Spending })));
const Accounts = lazy(() => import('./accounts.tsx').then((file) => ({ default: file.Accounts })));

/** What was spent, on what, and every transfer of it; for admins all accounts. */
export function UsagePage() {
  const [view, setView] = useAddress('view');
  const isManager = useRole('manager');
  const isAdmin = useRole('admin');
  if (!isManager) {
    return (
      <Page title="Usage">
        <Money />
        <Empty icon={<ChartColumn size={40} />} title="Usage is for managers">
          Your key has the role caller; it sees its credits, above.
        </Empty>
      </Page>
    );
  }
  return (
    <Page
      title="Usage"
      actions={
        view === 'ledger' && (
          <Button variant="default" leftSection={<Download size={16} aria-hidden />} onClick={() => void saveLedger()}>
            As CSV
          </Button>
        )
      }
    >
      <Money />
      <SegmentedControl
        aria-label="What to show"
        value={view}
        onChange={setView}
        w="fit-content"
        maw="100%"
        data={[
          { value: '', label: 'Spending' },
          { value: 'ledger', label: 'Ledger' },
          ...(isAdmin ? [{ value: 'accounts', label: 'Accounts' }] : []),
        ]}
      />
      <Suspense fallback={<SkeletonRows count={4} height={64} />}>
        {view === 'ledger' ? <LedgerTable /> : view === 'accounts' && isAdmin ? <Accounts /> : <Spending />}
      </Suspense>
    </Page>
  );
}

async function saveLedger(): Promise<void> {
  try {
    const text = await exportTransfers(client);
    saveAs(new Blob([text], { type: 'text/csv' }), 'troupe-ledger.csv');
  } catch (error) {
    notifyFailed(error);
  }
}
