export declare const places: readonly {
  name: string;
  path: string;
  not?: string;
  may: readonly string[];
  mayTakeTypesOf?: readonly string[];
  door?: boolean;
}[];
