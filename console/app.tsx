import { Box, Center, Loader, Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useSession } from './api/use-me.ts';
import { SignInPage } from './pages/sign-in/sign-in-page.tsx';
import { ErrorNote } from './parts/error-note.tsx';
import { SkeletonRows } from './parts/skeleton-rows.tsx';
import { Shell } from './shell/shell.tsx';

// Each page is a file of its own, so that no visit loads what it doesn't show.
const HomePage = lazy(() => import('./pages/home/home-page.tsx').then((file) => ({ default: file.HomePage })));
const TasksPage = lazy(() => import('./pages/tasks/tasks-page.tsx').then((file) => ({ default: file.TasksPage })));
const KeysPage = lazy(() => import('./pages/keys/keys-page.tsx').then((file) => ({ default: file.KeysPage })));
const CallbacksPage = lazy(() =>
  import('./pages/callbacks/callbacks-page.tsx').then((file) => ({ default: file.CallbacksPage })),
);
const UsagePage = lazy(() => import('./pages/usage/usage-page.tsx').then((file) => ({ default: file.UsagePage })));
const SettingsPage = lazy(() =>
  import('./pages/settings/settings-page.tsx').then((file) => ({ default: file.SettingsPage })),
);
const DocsPage = lazy(() => import('./pages/docs/docs-page.tsx').then((file) => ({ default: file.DocsPage })));
const ElementsPage = lazy(() =>
  import('./pages/elements/elements-page.tsx').then((file) => ({ default: file.ElementsPage })),
);
const NewElementPage = lazy(() =>
  import('./pages/elements/new/new-element-page.tsx').then((file) => ({ default: file.NewElementPage })),
);
const ElementPage = lazy(() =>
  import('./pages/element/element-page.tsx').then((file) => ({ default: file.ElementPage })),
);
const MendPage = lazy(() => import('./pages/mend/mend-page.tsx').then((file) => ({ default: file.MendPage })));
const StudioPage = lazy(() => import('./pages/studio/studio-page.tsx').then((file) => ({ default: file.StudioPage })));
const NothingHere = lazy(() => import('./pages/nothing-here.tsx').then((file) => ({ default: file.NothingHere })));

/** The sign-in page for strangers, everything else for those who are signed in. */
export function App() {
  const { me, error, refetch } = useSession();
  const [location] = useLocation();
  // For strangers too, as the server's other documentation is.
  if (/^\/docs(?:\/|$)/.test(location)) {
    return (
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/docs/:id?" component={DocsPage} />
          <Route>
            <Box p="lg">
              <NothingHere />
            </Box>
          </Route>
        </Switch>
      </Suspense>
    );
  }
  if (me === undefined) {
    return (
      <Center mih="100vh" p="md">
        {error === null ? <Loader aria-label="Loading" /> : <ErrorNote error={error} onRetry={refetch} />}
      </Center>
    );
  }
  if (me === null) {
    return location === '/sign-in' ? <SignInPage /> : <Redirect to={`/sign-in${writeReturn(location)}`} replace />;
  }
  return (
    <Shell>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/sign-in">
            <Redirect to={readReturn()} replace />
          </Route>
          <Route path="/" component={HomePage} />
          <Route path="/elements" component={ElementsPage} />
          <Route path="/elements/new" component={NewElementPage} />
          <Route path="/elements/:id" component={ElementPage} />
          <Route path="/elements/:id/mend" component={MendPage} />
          <Route path="/studio" component={StudioPage} />
          <Route path="/tasks/:id?" component={TasksPage} />
          <Route path="/keys/:id?" component={KeysPage} />
          <Route path="/callbacks" component={CallbacksPage} />
          <Route path="/usage" component={UsagePage} />
          <Route path="/settings" component={SettingsPage} />
          <Route component={NothingHere} />
        </Switch>
      </Suspense>
    </Shell>
  );
}

const writeReturn = (location: string) =>
  location === '/' ? '' : `?to=${encodeURIComponent(location + window.location.search)}`;

/** A page of this console; what else an address could name is not followed. */
function readReturn(): string {
  const to = new URLSearchParams(window.location.search).get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}

function Waiting() {
  return (
    <Stack>
      <SkeletonRows count={6} height={48} />
    </Stack>
  );
}
