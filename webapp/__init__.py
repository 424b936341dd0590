"""The service: consultation, recruitment and appraisal on the web."""
