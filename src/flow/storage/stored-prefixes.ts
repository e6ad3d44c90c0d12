/** Where elements' files lie: `elements/<element id>/<name>`. */
export const elementsPrefix = 'elements/';

/** Where pictures that came inside a request lie until its task is finished: `inputs/<task id>/<index>`. */
export const inputsPrefix = 'inputs/';

/** Where made videos lie for as long as their links live: `results/<task id>/<attempt>/video.mp4`, or the
 * `sheet.webp` of a dry run. */
export const resultsPrefix = 'results/';

/** Where copies lie that services elsewhere fetch while a task runs: `published/<task id or other end>/…`. */
export const publishedPrefix = 'published/';

/** Where files lie that callers keep here: `files/<file id>.<ending>`. */
export const filesPrefix = 'files/';

/** Every place where files of this program lie. */
export const storedPrefixes = [elementsPrefix, inputsPrefix, resultsPrefix, publishedPrefix, filesPrefix] as const;
