import { Anchor, Container } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { useCommon } from '../language/common';
import { EmptyState, ErrorState } from '../lists/states';

/** A page that failed to load or to draw. After the centre was upgraded the page's old files are gone: loading it anew brings the new ones. */
export function RouteError() {
  return <Container py="xl"><ErrorState error={useRouteError()} onRetry={() => location.reload()} /></Container>;
}

export function NotFound() {
  const say = useCommon();
  return <EmptyState title={say('notFound')} action={<Anchor component={Link} to="/">{say('goHome')}</Anchor>} />;
}
