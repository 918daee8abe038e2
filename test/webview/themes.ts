/** Theme variables as VS Code hands them to a webview: its default dark, light and both high contrast themes. */

export type ThemeName = 'dark' | 'light' | 'high-contrast' | 'high-contrast-light';

type Variables = Readonly<Record<string, string>>;

/** The class that VS Code puts on the body. */
export const bodyClasses: Readonly<Record<ThemeName, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast-light',
};

const fonts: Variables = {
  'font-family': "'DejaVu Sans', sans-serif",
  'font-size': '13px',
  'editor-font-family': "'DejaVu Sans Mono', monospace",
  'editor-font-size': '14px',
};

const dark: Variables = {
  ...fonts,
  foreground: '#cccccc',
  disabledForeground: 'rgba(204, 204, 204, 0.5)',
  descriptionForeground: '#9d9d9d',
  errorForeground: '#f85149',
  focusBorder: '#0078d4',
  'textLink-foreground': '#4daafc',
  'textCodeBlock-background': '#2b2b2b',
  'textPreformat-foreground': '#d0d0d0',
  'textPreformat-background': '#3c3c3c',
  'editor-background': '#1f1f1f',
  'editorWidget-background': '#202020',
  'editorWidget-foreground': '#cccccc',
  'editorWidget-border': '#454545',
  'widget-border': '#313131',
  'panel-border': '#2b2b2b',
  'sideBar-background': '#181818',
  'sideBar-foreground': '#cccccc',
  'button-background': '#0078d4',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#026ec1',
  'button-border': 'rgba(255, 255, 255, 0.07)',
  'button-secondaryBackground': '#313131',
  'button-secondaryForeground': '#cccccc',
  'button-secondaryHoverBackground': '#3c3c3c',
  'toolbar-hoverBackground': 'rgba(90, 93, 94, 0.31)',
  'progressBar-background': '#0078d4',
  'testing-iconPassed': '#73c991',
  'testing-iconFailed': '#f14c4c',
  'editorError-foreground': '#f14c4c',
  'editorWarning-foreground': '#cca700',
  'editorInfo-foreground': '#3794ff',
  'symbolIcon-functionForeground': '#b180d7',
  'symbolIcon-variableForeground': '#75beff',
  'symbolIcon-classForeground': '#ee9d28',
  'symbolIcon-interfaceForeground': '#75beff',
  'symbolIcon-keywordForeground': '#cccccc',
  'input-background': '#313131',
  'input-foreground': '#cccccc',
  'input-border': '#3c3c3c',
  'input-placeholderForeground': '#989898',
  'dropdown-background': '#313131',
  'dropdown-foreground': '#cccccc',
  'dropdown-border': '#3c3c3c',
};

const light: Variables = {
  ...fonts,
  foreground: '#3b3b3b',
  disabledForeground: 'rgba(97, 97, 97, 0.5)',
  descriptionForeground: '#3b3b3b',
  errorForeground: '#f85149',
  focusBorder: '#005fb8',
  'textLink-foreground': '#005fb8',
  'textCodeBlock-background': '#f8f8f8',
  'textPreformat-foreground': '#3b3b3b',
  'textPreformat-background': 'rgba(0, 0, 0, 0.12)',
  'editor-background': '#ffffff',
  'editorWidget-background': '#f8f8f8',
  'editorWidget-foreground': '#3b3b3b',
  'editorWidget-border': '#c8c8c8',
  'widget-border': '#e5e5e5',
  'panel-border': '#e5e5e5',
  'sideBar-background': '#f8f8f8',
  'sideBar-foreground': '#3b3b3b',
  'button-background': '#005fb8',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#0258a8',
  'button-border': 'rgba(0, 0, 0, 0.1)',
  'button-secondaryBackground': '#e5e5e5',
  'button-secondaryForeground': '#3b3b3b',
  'button-secondaryHoverBackground': '#cccccc',
  'toolbar-hoverBackground': 'rgba(184, 184, 184, 0.31)',
  'progressBar-background': '#005fb8',
  'testing-iconPassed': '#73c991',
  'testing-iconFailed': '#f14c4c',
  'editorError-foreground': '#e51400',
  'editorWarning-foreground': '#bf8803',
  'editorInfo-foreground': '#1a85ff',
  'symbolIcon-functionForeground': '#652d90',
  'symbolIcon-variableForeground': '#007acc',
  'symbolIcon-classForeground': '#d67e00',
  'symbolIcon-interfaceForeground': '#007acc',
  'symbolIcon-keywordForeground': '#3b3b3b',
  'input-background': '#ffffff',
  'input-foreground': '#3b3b3b',
  'input-border': '#cecece',
  'input-placeholderForeground': '#767676',
  'dropdown-background': '#ffffff',
  'dropdown-foreground': '#3b3b3b',
  'dropdown-border': '#cecece',
};

const highContrast: Variables = {
  ...fonts,
  foreground: '#ffffff',
  disabledForeground: '#a5a5a5',
  descriptionForeground: 'rgba(255, 255, 255, 0.7)',
  errorForeground: '#f48771',
  focusBorder: '#f38518',
  contrastBorder: '#6fc3df',
  contrastActiveBorder: '#f38518',
  'textLink-foreground': '#21a6ff',
  'textCodeBlock-background': '#000000',
  'textPreformat-foreground': '#000000',
  'textPreformat-background': '#ffffff',
  'editor-background': '#000000',
  'editorWidget-background': '#0c141f',
  'editorWidget-foreground': '#ffffff',
  'editorWidget-border': '#6fc3df',
  'widget-border': '#6fc3df',
  'panel-border': '#6fc3df',
  'sideBar-background': '#000000',
  'button-background': '#000000',
  'button-foreground': '#ffffff',
  'button-border': '#6fc3df',
  'button-secondaryForeground': '#ffffff',
  'progressBar-background': '#6fc3df',
  'testing-iconPassed': '#73c991',
  'testing-iconFailed': '#f14c4c',
  'editorError-foreground': '#f48771',
  'editorWarning-foreground': '#ffd37e',
  'editorInfo-foreground': '#3794ff',
  'symbolIcon-functionForeground': '#b180d7',
  'symbolIcon-variableForeground': '#75beff',
  'symbolIcon-classForeground': '#ee9d28',
  'symbolIcon-interfaceForeground': '#75beff',
  'symbolIcon-keywordForeground': '#ffffff',
  'input-background': '#000000',
  'input-foreground': '#ffffff',
  'input-border': '#6fc3df',
  'input-placeholderForeground': 'rgba(255, 255, 255, 0.7)',
  'dropdown-background': '#000000',
  'dropdown-foreground': '#ffffff',
  'dropdown-border': '#6fc3df',
};

const highContrastLight: Variables = {
  ...fonts,
  foreground: '#292929',
  disabledForeground: '#7f7f7f',
  descriptionForeground: 'rgba(41, 41, 41, 0.7)',
  errorForeground: '#b5200d',
  focusBorder: '#006bbd',
  contrastBorder: '#0f4a85',
  contrastActiveBorder: '#006bbd',
  'textLink-foreground': '#0f4a85',
  'textCodeBlock-background': '#f2f2f2',
  'textPreformat-foreground': '#ffffff',
  'textPreformat-background': '#09345f',
  'editor-background': '#ffffff',
  'editorWidget-background': '#ffffff',
  'editorWidget-foreground': '#292929',
  'editorWidget-border': '#0f4a85',
  'widget-border': '#0f4a85',
  'panel-border': '#0f4a85',
  'sideBar-background': '#ffffff',
  'button-background': '#0f4a85',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#0f4a85',
  'button-border': '#0f4a85',
  'button-secondaryBackground': '#ffffff',
  'button-secondaryForeground': '#292929',
  'progressBar-background': '#0f4a85',
  'testing-iconPassed': '#007100',
  'testing-iconFailed': '#b5200d',
  'editorError-foreground': '#b5200d',
  'editorWarning-foreground': '#895503',
  'editorInfo-foreground': '#1a85ff',
  'symbolIcon-functionForeground': '#652d90',
  'symbolIcon-variableForeground': '#007acc',
  'symbolIcon-classForeground': '#d67e00',
  'symbolIcon-interfaceForeground': '#007acc',
  'symbolIcon-keywordForeground': '#292929',
  'input-background': '#ffffff',
  'input-foreground': '#292929',
  'input-border': '#0f4a85',
  'input-placeholderForeground': 'rgba(41, 41, 41, 0.7)',
  'dropdown-background': '#ffffff',
  'dropdown-foreground': '#292929',
  'dropdown-border': '#0f4a85',
};

export const themes: Readonly<Record<ThemeName, Variables>> = {
  dark,
  light,
  'high-contrast': highContrast,
  'high-contrast-light': highContrastLight,
};

/** What VS Code gives every webview to begin with. */
const defaultStyle = `@layer vscode-default {
  body {
    padding: 0 20px;
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
  }
  a, a code { color: var(--vscode-textLink-foreground); }
  code {
    padding: 1px 3px;
    border-radius: 4px;
    background-color: var(--vscode-textPreformat-background);
    color: var(--vscode-textPreformat-foreground);
    font-family: var(--vscode-editor-font-family);
  }
  pre code { padding: 0; }
}`;

/** The rules that VS Code adds to every webview. */
export function themeStyle(name: ThemeName): string {
  const declarations = Object.entries(themes[name]).map(([variable, value]) => `--vscode-${variable}: ${value};`);
  return `:root { ${declarations.join(' ')} }\n${defaultStyle}`;
}
