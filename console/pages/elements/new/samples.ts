/** Photos that come with the console, by the name that `?sample=` has; licences: `demo/media/LICENSES.md`. */
export const samples: Readonly<
  Record<string, { name: string; description: string; tag: string; pictures: { name: string; url: string }[] }>
> = {
  'rc-car': {
    name: 'RC car',
    description: 'A red and yellow toy car with a driver and an antenna',
    tag: 'o_104',
    pictures: [
      { name: 'rc-car-front.jpg', url: new URL('../../../../demo/media/rc-car-front.jpg', import.meta.url).href },
      { name: 'rc-car-side.jpg', url: new URL('../../../../demo/media/rc-car-side.jpg', import.meta.url).href },
      { name: 'rc-car-quarter.jpg', url: new URL('../../../../demo/media/rc-car-quarter.jpg', import.meta.url).href },
    ],
  },
};
