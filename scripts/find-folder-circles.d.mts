export declare function findFolderCircles(edges: readonly (readonly string[])[]): string[][];
