"""The assessment: a pure function from an accord and its evidence to the state of every obligation."""

from truceline.assess.assessment import Assessment, Obligation, Reason, Status
from truceline.assess.engine import assess

__all__ = ["Assessment", "Obligation", "Reason", "Status", "assess"]
