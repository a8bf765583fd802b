import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { RouterProvider } from 'react-router';
import { whenSignedOut } from '../api/client';
import { queryClient } from '../api/queries';
import { Loading } from '../lists/states';
import { endSession } from '../session/session';
import { styleNonce, theme } from '../theme/theme';
import { createRouter } from './routes';

const router = createRouter();
whenSignedOut(endSession);

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <Suspense fallback={<Loading />}><RouterProvider router={router} /></Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
