import { Skeleton } from "../../components/skeleton.js";

/** The shape of the page while the issue loads. */
export function IssueSkeleton() {
  return (
    <div className="mx-auto w-full max-w-[1440px] px-4 pt-5 sm:px-6" aria-busy="true" aria-label="Loading">
      <div className="mb-8 max-w-2xl">
        <Skeleton lines={3} className="h-5" />
      </div>
      <div className="grid gap-8 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_304px]">
        <Skeleton lines={12} className="h-7" />
        <Skeleton lines={8} />
      </div>
    </div>
  );
}
