/** The platforms with set-up instructions; `platform` is the value projects carry. */
export const platforms = [
  { id: "node", platform: "node", label: "Node.js" },
  { id: "browser", platform: "javascript", label: "Browser" },
  { id: "react", platform: "javascript-react", label: "React" },
  { id: "next", platform: "javascript-nextjs", label: "Next.js" },
  { id: "python", platform: "python", label: "Python" },
  { id: "django", platform: "python-django", label: "Django" },
  { id: "fastapi", platform: "python-fastapi", label: "FastAPI" },
  { id: "flask", platform: "python-flask", label: "Flask" },
  { id: "go", platform: "go", label: "Go" },
  { id: "java", platform: "java-spring-boot", label: "Java, Spring" },
  { id: "ruby", platform: "ruby", label: "Ruby" },
  { id: "php", platform: "php", label: "PHP" },
  { id: "dotnet", platform: "dotnet", label: ".NET" },
  { id: "rust", platform: "rust", label: "Rust" },
  { id: "curl", platform: "other", label: "curl" },
] as const;

export type PlatformId = (typeof platforms)[number]["id"];
