/** Without a word about it `npm start` and the command line use this one. */
const usualPort = '4600';

/** How to go on: the same server again, and requests to paste. */
export function printFarewell({
  url,
  shownFolder,
  key,
  taskId,
  elementId,
}: {
  /** Where the demo's server answered: on its usual port, or on another where that was taken. */
  url: string;
  shownFolder: string;
  key: string;
  taskId: string;
  elementId: string;
}): void {
  const { port } = new URL(url);
  const isUsual = port === usualPort;
  process.stdout.write(`Go on by yourself. Start the same server in this terminal:

  ${isUsual ? '' : `PORT=${port} `}TROUPE_DATA_DIR=${shownFolder} npm start

and paste into another one, in this folder:

  export TROUPE_API_KEY=${key}${
    isUsual
      ? ''
      : `
  export TROUPE_URL=${url}`
  }

The task from above, as the API answers it:

  curl -sw '\\n' ${url}/v1/tasks/${taskId} -H "Authorization: Bearer $TROUPE_API_KEY"

A new element, from pictures inside the request (URLs that the server can reach do as well):

  picture() { base64 < demo/media/$1 | tr -d '\\n'; }
  printf '{"model": "kling-custom-element", "model_params": {
    "element_name": "My car", "element_description": "A toy car", "reference_type": "image_refer",
    "element_image_list": {"frontal_image": "%s", "refer_images": [{"image_url": "%s"}]}}}' \\
    "$(picture rc-car-front.jpg)" "$(picture rc-car-side.jpg)" |
  curl -sw '\\n' ${url}/v1/videos/generations -H "Authorization: Bearer $TROUPE_API_KEY" \\
    -H 'Content-Type: application/json' --data-binary @-

Or the same with the command line:

  npm run -s troupe -- elements create --name 'My car' --description 'A toy car' --wait \\
    demo/media/rc-car-front.jpg demo/media/rc-car-side.jpg

Another video with the car:

  npm run -s troupe -- videos create ${elementId} --prompt '<<<element_1>>> crosses a desert' -o car.mp4
`);
}
