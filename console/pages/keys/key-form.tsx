import { MultiSelect, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Key, KeyChange } from '../../../client/index.ts';
import { useMe } from '../../api/use-me.ts';
import { useModels } from '../../api/use-models.ts';
import { presentModel } from '../../parts/present-model.ts';

/** The fields as the form holds them: an empty one limits nothing. */
export interface KeyValues {
  name: string;
  role: Key['role'];
  account: string;
  allowed_models: string[];
  total_limit_credits: number | string;
  daily_limit_credits: number | string;
  /** A day of the browser's calendar, `2030-01-31`. */
  expires_at: string;
}

/** What the form begins with: nothing, or a key to change. */
export function toValues(key?: Key): KeyValues {
  return {
    name: key?.name ?? '',
    role: key?.role ?? 'caller',
    account: key === undefined ? '' : String(key.account.account_id),
    allowed_models: key?.allowed_models ?? [],
    total_limit_credits: key?.total_limit_credits ?? '',
    daily_limit_credits: key?.daily_limit_credits ?? '',
    expires_at: key?.expires_at?.slice(0, 10) ?? '',
  };
}

/** What of it the API takes for a new key and for a changed one alike. */
export function toBounds(values: KeyValues) {
  const amount = (value: number | string) => (value === '' ? null : Number(value));
  return {
    name: values.name.trim(),
    allowed_models: values.allowed_models.length === 0 ? null : values.allowed_models,
    total_limit_credits: amount(values.total_limit_credits),
    daily_limit_credits: amount(values.daily_limit_credits),
    // It works on the day itself, as people mean it.
    expires_at: values.expires_at === '' ? null : `${values.expires_at}T23:59:59Z`,
  } satisfies KeyChange;
}

/** Name, limits, models and end of a key. */
export function KeyFields({ form, children }: { form: UseFormReturnType<KeyValues>; children?: React.ReactNode }) {
  const models = useModels();
  const me = useMe();
  return (
    <Stack gap="md">
      <TextInput
        label="Name"
        description="To tell keys apart: who or what uses it"
        placeholder="Render farm"
        maxLength={64}
        required
        data-autofocus
        {...form.getInputProps('name')}
      />
      {children}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label="Limit in all"
          placeholder={me.total_limit_credits === null ? 'None' : `${me.total_limit_credits}, as yours`}
          min={0}
          decimalScale={6}
          thousandSeparator
          suffix=" credits"
          {...form.getInputProps('total_limit_credits')}
        />
        <NumberInput
          label="Limit a day (UTC)"
          placeholder={me.daily_limit_credits === null ? 'None' : `${me.daily_limit_credits}, as yours`}
          min={0}
          decimalScale={6}
          thousandSeparator
          suffix=" credits"
          {...form.getInputProps('daily_limit_credits')}
        />
      </SimpleGrid>
      <MultiSelect
        label="Models"
        placeholder={form.values.allowed_models.length === 0 ? 'All of them' : ''}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'All models' }}
        data={(models.data ?? []).map(({ id }) => ({
          value: id,
          label: presentModel(id),
        }))}
        {...form.getInputProps('allowed_models')}
      />
      <TextInput
        type="date"
        label="Last day"
        description="It works until the end of this day (UTC); empty for no end"
        {...form.getInputProps('expires_at')}
      />
    </Stack>
  );
}

/** Only roles that the signed-in key has itself can be given. */
export function RoleSelect({ form }: { form: UseFormReturnType<KeyValues> }) {
  const me = useMe();
  const all: readonly { value: Key['role']; label: string }[] = [
    { value: 'caller', label: 'Caller: makes and queries' },
    { value: 'manager', label: "Manager: also the account's keys and ledger" },
    { value: 'admin', label: 'Admin: also all accounts' },
  ];
  const mine = all.findIndex(({ value }) => value === me.role);
  return <Select label="Role" allowDeselect={false} data={all.slice(0, mine + 1)} {...form.getInputProps('role')} />;
}
