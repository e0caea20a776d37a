import {
  ActionIcon,
  Button,
  Checkbox,
  Drawer,
  Menu,
  Modal,
  type MantineThemeComponents,
  PasswordInput,
  Popover,
  SegmentedControl,
  Tabs,
  TextInput,
  Textarea,
  NativeSelect,
  Tooltip,
} from '@mantine/core';

const field = { label: 'ck-label', description: 'ck-hint', input: 'ck-input' };

const dialog = {
  content: 'ck-dialog',
  header: 'ck-dialog-header',
  title: 'ck-dialog-title',
  body: 'ck-dialog-body',
  close: 'ck-dialog-close',
  overlay: 'ck-overlay',
};

/** Class names of `controls.css` for Mantine's parts. No part may lock scrolling itself: it would write a <style> element. */
export const dressedParts: MantineThemeComponents = {
  Button: Button.extend({
    defaultProps: { variant: 'default', size: 'sm' },
    classNames: { root: 'ck-button' },
    vars: () => ({ root: {} }),
  }),
  ActionIcon: ActionIcon.extend({
    defaultProps: { variant: 'ghost', size: 'md' },
    classNames: { root: 'ck-icon-button' },
    vars: () => ({ root: {} }),
  }),
  TextInput: TextInput.extend({ classNames: field }),
  Textarea: Textarea.extend({ classNames: field }),
  NativeSelect: NativeSelect.extend({ classNames: field }),
  PasswordInput: PasswordInput.extend({ classNames: { ...field, innerInput: 'ck-password' } }),
  Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
  SegmentedControl: SegmentedControl.extend({
    classNames: {
      root: 'ck-segmented',
      label: 'ck-segmented-label',
      indicator: 'ck-segmented-indicator',
      control: 'ck-segmented-control',
    },
  }),
  Menu: Menu.extend({
    defaultProps: { position: 'bottom-end', offset: 4, transitionProps: { duration: 80 } },
    classNames: { dropdown: 'ck-menu', item: 'ck-menu-item', label: 'ck-menu-label', divider: 'ck-menu-divider' },
  }),
  Popover: Popover.extend({ defaultProps: { offset: 4 }, classNames: { dropdown: 'ck-popover' } }),
  Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, offset: 6 }, classNames: { tooltip: 'ck-tooltip' } }),
  Modal: Modal.extend({
    defaultProps: {
      lockScroll: false,
      centered: true,
      transitionProps: { duration: 120, transition: 'fade' },
      closeButtonProps: { 'aria-label': 'Close' },
    },
    classNames: dialog,
  }),
  Drawer: Drawer.extend({ defaultProps: { lockScroll: false }, classNames: { overlay: 'ck-overlay' } }),
  Tabs: Tabs.extend({ classNames: { list: 'ck-tabs-list', tab: 'ck-tab' } }),
};
