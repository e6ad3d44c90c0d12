import {
  choiceSetting,
  integerSetting,
  optionalTextSetting,
  type Section,
  type Setting,
  textSetting,
} from '../lib/settings.ts';

function addressSetting(env: string, describe: string): Setting<string | undefined> {
  return {
    ...optionalTextSetting(env, describe),
    parse(text) {
      if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new Error('must be an http or https URL');
      return text;
    },
  };
}

export const section = {
  bucket: optionalTextSetting(
    'TROUPE_S3_BUCKET',
    'Bucket of an S3 store for all files that outlive a task; without it they lie in TROUPE_DATA_DIR',
  ),
  prefix: {
    env: 'TROUPE_S3_PREFIX',
    describe: 'What every key in the bucket begins with, such as troupe/; empty for none',
    fallback: '',
    parse(text: string) {
      if (!/^([\w.-]+\/)*$/.test(text))
        throw new Error(`must be parts of letters, digits, . _ - that each end with /, is '${text}'`);
      return text;
    },
    show: (value: string) => value,
  },
  endpoint: addressSetting(
    'TROUPE_S3_ENDPOINT',
    'Address of the S3 store, such as https://s3.example.com; without it that of AWS for the region',
  ),
  linkEndpoint: addressSetting(
    'TROUPE_S3_LINK_ENDPOINT',
    'Address at which services elsewhere reach the store; then the Kling API is given links to it, for six hours each, and TROUPE_PUBLIC_URL is not needed for that',
  ),
  region: textSetting('TROUPE_S3_REGION', 'us-east-1', 'Region of the bucket'),
  addressing: choiceSetting(
    'TROUPE_S3_ADDRESSING',
    'path',
    ['path', 'host'],
    'Whether the bucket stands in the path of an address or is its first name; AWS knows both, most others only path',
  ),
  accessKey: optionalTextSetting(
    'TROUPE_S3_ACCESS_KEY',
    'Access key id of the store; without it what the AWS SDK finds: its variables, files, or the role of the machine',
    { secret: true },
  ),
  secretKey: optionalTextSetting('TROUPE_S3_SECRET_KEY', 'Secret access key of the store', { secret: true }),
  quarantineDays: integerSetting(
    'TROUPE_QUARANTINE_DAYS',
    14,
    { min: 1, max: 3650 },
    "Days that stored files which the database doesn't know lie aside under quarantine/ before they are deleted",
  ),
  sweepPercentMax: integerSetting(
    'TROUPE_SWEEP_PERCENT_MAX',
    5,
    { min: 0, max: 100 },
    "Per cent of the stored files that one sweep may move aside because the database doesn't know them; where there are more, and more than 100 files, it stops and says so",
  ),
} satisfies Section;
