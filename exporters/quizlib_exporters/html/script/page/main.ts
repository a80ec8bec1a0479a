import { start } from "./quiz.ts";

start();
