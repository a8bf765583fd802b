import { Box, Container, Group, Paper, SegmentedControl, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { language, languages, setLanguage, type Language } from '../language/language';
import { useCommon } from '../language/common';

/** What stands around the pages that nobody need be signed in for. */
export function Gate({ title, children }: { title: string; children: ReactNode }) {
  const say = useCommon();
  return (
    <Box component="main">
      <Container size={420} py={64}>
        <Group justify="space-between" mb="lg">
          <Group gap="sm"><img src="/icon.svg" width={32} height={32} alt="" /><Title order={1} size="h3">{title}</Title></Group>
          <SegmentedControl
            size="xs" aria-label={say('language')} value={language()} onChange={(chosen) => void setLanguage(chosen as Language)}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          />
        </Group>
        <Paper withBorder p="lg"><Stack>{children}</Stack></Paper>
      </Container>
    </Box>
  );
}
