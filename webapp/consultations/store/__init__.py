"""Every query about consultations, drafts and submissions."""
