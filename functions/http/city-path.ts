import { getPath } from 'hono/utils/url';

/**
 * Reads the part of a request's path below a city's map page. A request that names the city by the parameter `city` is not below it.
 * @param root the path of the map page, with slashes at both ends
 */
export function pathBelow(root: string): (request: Request) => string {
  return (request) => {
    const path = getPath(request);
    return path.startsWith(root) ? path.slice(root.length - 1) : path;
  };
}
