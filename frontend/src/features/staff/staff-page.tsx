import { Mark } from "@/components/logo";
import { Page } from "@/components/page";
import { useSlayer } from "@/components/slayer-context";
import { ActionsCard } from "@/features/staff/actions-card";
import { LibraryCard } from "@/features/staff/library-card";
import { ModelSection } from "@/features/staff/model-section";
import { QueueCard } from "@/features/staff/queue-card";
import { ReportCard } from "@/features/staff/report-card";
import { s } from "@/lib/messages/staff";

/** The staff's room: the champion and its history, the night's report, the library, the queues, and who did what. */
export function StaffPage() {
  const { role } = useSlayer();
  if (role !== "staff") {
    return (
      <Page title={s.notStaffTitle} above={<Mark size={56} />}>
        <p className="max-w-xl text-soft">{s.notStaff}</p>
      </Page>
    );
  }
  return (
    <Page title={s.title}>
      <p className="-mt-3 text-soft">{s.about}</p>
      <ModelSection />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <ReportCard />
        <div className="grid grid-cols-1 gap-5">
          <QueueCard />
          <LibraryCard />
          <ActionsCard />
        </div>
      </div>
    </Page>
  );
}
