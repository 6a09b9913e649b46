-- What document systems have not been told is found by its system, and how much was acknowledged is kept beside it.

CREATE INDEX document_acknowledgements_untold ON document_acknowledgements (system_id) WHERE not_before IS NOT NULL;

ALTER TABLE document_systems ADD COLUMN acknowledgements integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN document_systems.acknowledgements IS 'How much was acknowledged in it, told or not';
UPDATE document_systems SET acknowledgements = (
    SELECT count(*) FROM document_acknowledgements WHERE system_id = document_systems.id
);
