// The build turns a style sheet that is imported into its text.
declare module "*.css" {
  const text: string;
  export default text;
}

// And the template of icons into their paths, by name.
declare module "*.html.j2" {
  const paths: Record<string, string>;
  export default paths;
}
