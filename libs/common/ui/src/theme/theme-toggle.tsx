import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';

const CHOICES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
];

/** Light, dark, or what the system says. Kept in this browser. Stopping transitions would write a <style> element. */
export function ThemeToggle(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <SegmentedControl
      aria-label="Theme"
      data={CHOICES}
      value={colorScheme}
      onChange={(value) => {
        setColorScheme(value === 'light' || value === 'dark' ? value : 'auto');
      }}
      fullWidth
    />
  );
}
