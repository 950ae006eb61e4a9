import { enStaff } from "@/lib/messages/en-staff";

/** What a translation of the staff's room must hold. */
export type StaffMessages = typeof enStaff;

/** The words of the staff's room. */
export const s: StaffMessages = enStaff;
