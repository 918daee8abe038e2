/** Path data of the lines: shared with exported pictures. */
export { arrowHead, markPoint, roundedPath } from '../../common/graph/paths.ts';
