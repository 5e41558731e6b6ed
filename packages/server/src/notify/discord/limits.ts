/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits and …/components/reference */
export const LIMITS = {
  content: 2_000,
  title: 256,
  description: 4_096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1_024,
  footer: 2_048,
  author: 256,
  embedTotal: 6_000,
  buttonUrl: 512,
  threadName: 100,
  username: 80,
  url: 2_048,
} as const;
