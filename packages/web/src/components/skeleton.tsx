/** Grey bars where lines of text will be; drawn only when loading takes longer than 150 ms. */
export function Skeleton({
  lines = 3,
  className = "h-4",
}: {
  readonly lines?: number;
  readonly className?: string;
}) {
  return (
    <div className="space-y-3" aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={index}
          className={`skeleton ${className}`}
          style={{ width: `${96 - ((index * 17) % 45)}%` }}
        />
      ))}
    </div>
  );
}
