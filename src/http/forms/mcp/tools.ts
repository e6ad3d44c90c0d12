import { getCredits, uploadFileTool } from './account.ts';
import { chooseAnglesTool, createAnglesTool } from './angles.ts';
import {
  checkElement,
  createElement,
  deleteElementTool,
  getElementTool,
  listElements,
  updateElement,
} from './elements.ts';
import { createImage } from './images.ts';
import type { Tool } from './tool.ts';
import { cancelTask, createVideo, estimateCost, getTask, listTasks, searchModels } from './videos.ts';

/** Every tool, in the order in which a model reads them. */
export const tools: readonly Tool[] = [
  createElement,
  checkElement,
  listElements,
  getElementTool,
  updateElement,
  deleteElementTool,
  createVideo,
  createImage,
  createAnglesTool,
  chooseAnglesTool,
  getTask,
  listTasks,
  cancelTask,
  estimateCost,
  searchModels,
  uploadFileTool,
  getCredits,
];
