/** Paths of the legacy API, the only one that manages elements and that takes a token of a key pair. */
export const elementsPath = '/v1/general/advanced-custom-elements';
/** What the upstream refuses elements by; they hold no slots and cost nothing. */
export const elementProduct = 'element';
export const presetElementsPath = '/v1/general/advanced-presets-elements';
/** Two names for one thing: the first is that of the video pages, the second of the image pages and most relays. */
export const deleteElementPaths = ['/v1/general/delete-advanced-elements', '/v1/general/delete-elements'] as const;
export const voicesPath = '/v1/general/custom-voices';
export const presetVoicesPath = '/v1/general/presets-voices';
export const deleteVoicePath = '/v1/general/delete-voices';
export const omniVideoPath = '/v1/videos/omni-video';
export const imageToVideoPath = '/v1/videos/image2video';
export const textToVideoPath = '/v1/videos/text2video';
export const motionControlPath = '/v1/videos/motion-control';
/** Pictures of O1 and O3, and those of V3. */
export const omniImagePath = '/v1/images/omni-image';
export const imagesPath = '/v1/images/generations';
/** Further views of a frontal picture: "AI Multi-Shot". */
export const anglesPath = '/v1/general/ai-multi-shot';
/** Packs of the account; asked at most once a second, by its page. */
export const costsPath = '/account/costs';
