package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Upload is a file that was sent to be imported. It is kept an hour of real time.
type Upload struct{ ent.Schema }

// Mixin of Upload.
func (Upload) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "upl"}} }

// Fields of Upload.
func (Upload) Fields() []ent.Field {
	return []ent.Field{
		field.String("media_type").Immutable(),
		field.Int64("size").Optional().Nillable().Comment("In bytes; null while it is being sent."),
		instant("created_at").hidden().field(),
	}
}

// Indexes of Upload.
func (Upload) Indexes() []ent.Index { return []ent.Index{index.Fields("created_at")} }

// Annotations of Upload.
func (Upload) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// UploadPart is a part of an upload: no file is ever in memory as a whole.
type UploadPart struct{ ent.Schema }

// Mixin of UploadPart.
func (UploadPart) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}, identified{prefix: "upp"}} }

// Fields of UploadPart.
func (UploadPart) Fields() []ent.Field {
	return []ent.Field{
		field.String("upload_id").Immutable(),
		field.Int("number").Immutable().Comment("From 0."),
		field.Bytes("data").Immutable(),
	}
}

// Edges of UploadPart.
func (UploadPart) Edges() []ent.Edge {
	return []ent.Edge{edge.To("upload", Upload.Type).Field("upload_id").Unique().Required().Immutable()}
}

// Indexes of UploadPart.
func (UploadPart) Indexes() []ent.Index {
	return []ent.Index{index.Fields("organization_id", "upload_id", "number").Unique()}
}

// Annotations of UploadPart.
func (UploadPart) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }

// ImportedFile is a file of users that was imported: it takes away only licenses that were given before that. Its id is
// the SHA-256 of its bytes.
type ImportedFile struct{ ent.Schema }

// Mixin of ImportedFile.
func (ImportedFile) Mixin() []ent.Mixin { return []ent.Mixin{tenant{}} }

// Fields of ImportedFile.
func (ImportedFile) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").Immutable(),
		field.Int64("seq").Immutable().Comment("How far the log had come when it was imported first."),
	}
}

// Annotations of ImportedFile.
func (ImportedFile) Annotations() []schema.Annotation { return []schema.Annotation{hidden()} }
