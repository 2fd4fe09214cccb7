-- title: Unit of an outcome
-- meaning: Whether an outcome metric is a count, which adds up, or a mean in hours, which does not; NULL for a metric that is not known.
create or replace macro outcome_unit(metric_id) as
    map {
        'completed': 'count',
        'accepted': 'count',
        'reworked': 'count',
        'needs_review': 'count',
        'reviewed': 'count',
        'reviewers': 'count',
        'escaped_defects': 'count',
        'incidents': 'count',
        'deployments': 'count',
        'failed_deployments': 'count',
        'tickets': 'count',
        'found_before_customer': 'count',
        'mttr_hours': 'hours',
        'lead_time_hours': 'hours',
        'resolution_hours': 'hours'
    }[metric_id]
