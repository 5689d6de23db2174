using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence.Migrations;

[DbContext(typeof(CoursesDb))]
[Migration("202611210001_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateOutbox("courses");

        migrationBuilder.CreateTable("courses_courses",
            t => new
            {
                Id = t.Column<Guid>(),
                Slug = t.Column<string>(),
                Title = t.Column<string>(),
                Summary = t.Column<string>(),
                Language = t.Column<string>(),
                Subject = t.Column<string>(),
                Description = t.Column<string>(),
                DescriptionHtml = t.Column<string>(),
                Audience = t.Column<string>(),
                AudienceHtml = t.Column<string>(),
                Objectives = t.Column<string>(),
                Authors = t.Column<string>(),
                HoursPerWeek = t.Column<int>(),
                Weeks = t.Column<int>(),
                Licence = t.Column<string>(),
                Accessibility = t.Column<string>(),
                CoverPattern = t.Column<string>(),
                CoverHue = t.Column<string>(),
                GivesBadge = t.Column<bool>(),
                NextItemNumber = t.Column<int>(),
                Version = t.Column<int>(),
                Indexed = t.Column<int>(),
                CreatedAt = t.Column<long>(),
                ChangedAt = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_courses_courses", c => c.Id));
        migrationBuilder.CreateIndex("ux_courses_courses_slug", "courses_courses", "Slug", unique: true);
        migrationBuilder.CreateIndex("ix_courses_courses_version", "courses_courses", ["Version", "Indexed"]);

        migrationBuilder.CreateTable("courses_sections",
            t => new
            {
                Id = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                Position = t.Column<int>(),
                Slug = t.Column<string>(),
                Title = t.Column<string>(),
                Summary = t.Column<string>(),
                Release = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_courses_sections", s => s.Id);
                t.ForeignKey("FK_courses_sections_courses_courses_CourseId", s => s.CourseId, "courses_courses", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_courses_sections_course", "courses_sections", ["CourseId", "Position"]);

        migrationBuilder.CreateTable("courses_items",
            t => new
            {
                Id = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                SectionId = t.Column<Guid>(),
                Number = t.Column<int>(),
                Position = t.Column<int>(),
                Slug = t.Column<string>(),
                Title = t.Column<string>(),
                Kind = t.Column<int>(),
                Minutes = t.Column<int>(),
                Rule = t.Column<int>(),
                Licence = t.Column<string>(),
                Authors = t.Column<string>(),
                Source = t.Column<string>(),
                Opens = t.Column<string>(nullable: true),
                Due = t.Column<string>(nullable: true),
                Published = t.Column<bool>(),
                Markdown = t.Column<string>(),
                Html = t.Column<string>(),
                RenderedBy = t.Column<int>(),
                Headings = t.Column<string>(),
                Revision = t.Column<int>(),
                ChangedAt = t.Column<long>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_courses_items", i => i.Id);
                t.ForeignKey("FK_courses_items_courses_sections_SectionId", i => i.SectionId, "courses_sections", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ux_courses_items_slug", "courses_items", ["CourseId", "Slug"], unique: true);
        migrationBuilder.CreateIndex("ux_courses_items_number", "courses_items", ["CourseId", "Number"], unique: true);
        migrationBuilder.CreateIndex("ix_courses_items_section", "courses_items", ["SectionId", "Position"]);

        migrationBuilder.CreateTable("courses_runs",
            t => new
            {
                Id = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                Slug = t.Column<string>(),
                Zone = t.Column<string>(),
                LocalStart = t.Column<string>(),
                LocalEnd = t.Column<string>(),
                LocalEnrolmentEnd = t.Column<string>(nullable: true),
                Start = t.Column<long>(),
                End = t.Column<long>(),
                EnrolmentEnd = t.Column<long>(),
                PublishedAt = t.Column<long>(nullable: true),
                ClosedEarlyAt = t.Column<long>(nullable: true),
                ArchivedAt = t.Column<long>(nullable: true),
                CancelledAt = t.Column<long>(nullable: true),
                AnnouncementId = t.Column<Guid>(nullable: true),
                AnnouncementTitle = t.Column<string>(nullable: true),
                AnnouncedAt = t.Column<long>(nullable: true),
                StartToldFor = t.Column<long>(nullable: true),
                CloseToldFor = t.Column<long>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_courses_runs", r => r.Id);
                t.ForeignKey("FK_courses_runs_courses_courses_CourseId", r => r.CourseId, "courses_courses", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ux_courses_runs_slug", "courses_runs", ["CourseId", "Slug"], unique: true);

        migrationBuilder.CreateTable("courses_announcements",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                AuthorId = t.Column<Guid>(),
                Title = t.Column<string>(),
                Markdown = t.Column<string>(),
                Html = t.Column<string>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_courses_announcements", a => a.Id));
        migrationBuilder.CreateIndex("ix_courses_announcements_run", "courses_announcements", ["RunId", "At"]);

        migrationBuilder.CreateTable("courses_team",
            t => new
            {
                CourseId = t.Column<Guid>(),
                PersonId = t.Column<Guid>(),
                Role = t.Column<int>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_courses_team", m => new { m.CourseId, m.PersonId });
                t.ForeignKey("FK_courses_team_courses_courses_CourseId", m => m.CourseId, "courses_courses", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_courses_team_person", "courses_team", "PersonId");

        migrationBuilder.CreateTable("courses_assets",
            t => new
            {
                Id = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                Name = t.Column<string>(),
                ContentType = t.Column<string>(),
                Length = t.Column<long>(),
                Hash = t.Column<string>(),
                Alt = t.Column<string>(),
                Licence = t.Column<string>(),
                Author = t.Column<string>(),
                Source = t.Column<string>(),
            },
            constraints: t => t.PrimaryKey("PK_courses_assets", a => a.Id));
        migrationBuilder.CreateIndex("ux_courses_assets_name", "courses_assets", ["CourseId", "Name"], unique: true);
        migrationBuilder.CreateIndex("ix_courses_assets_hash", "courses_assets", "Hash");

        migrationBuilder.CreateTable("courses_resources",
            t => new
            {
                Id = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                Url = t.Column<string>(),
                Title = t.Column<string>(),
                Source = t.Column<string>(),
                Licence = t.Column<string>(),
                State = t.Column<int>(),
                CheckedAt = t.Column<long>(nullable: true),
                NextAt = t.Column<long>(),
                FailingSince = t.Column<long>(nullable: true),
                Snapshot = t.Column<string>(),
                SnapshotAt = t.Column<long>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_courses_resources", r => r.Id));
        migrationBuilder.CreateIndex("ux_courses_resources_url", "courses_resources", ["CourseId", "Url"], unique: true);
        migrationBuilder.CreateIndex("ix_courses_resources_due", "courses_resources", "NextAt");

        // Only what is searched lies in the index; the words themselves are in the tables above.
        migrationBuilder.Sql(migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal)
            ? "CREATE VIRTUAL TABLE courses_words USING fts5(title, people, text, content='', contentless_delete=1, tokenize='unicode61', prefix='2 3')"
            : """CREATE TABLE courses_words ("Row" bigint PRIMARY KEY, "Words" tsvector NOT NULL); CREATE INDEX ix_courses_words ON courses_words USING gin ("Words")""");

        // Saved texts and those that are being typed go with their item.
        migrationBuilder.CreateTable("courses_versions",
            t => new
            {
                ItemId = t.Column<Guid>(),
                Revision = t.Column<int>(),
                CourseId = t.Column<Guid>(),
                AuthorId = t.Column<Guid>(),
                At = t.Column<long>(),
                Title = t.Column<string>(),
                Minutes = t.Column<int>(),
                Rule = t.Column<int>(),
                Published = t.Column<bool>(),
                Markdown = t.Column<string>(),
                RestoredFrom = t.Column<int>(nullable: true),
                DraftId = t.Column<Guid>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_courses_versions", v => new { v.ItemId, v.Revision });
                t.ForeignKey("FK_courses_versions_courses_items_ItemId", v => v.ItemId, "courses_items", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable("courses_drafts",
            t => new
            {
                Id = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                ItemId = t.Column<Guid>(),
                AuthorId = t.Column<Guid>(),
                Revision = t.Column<int>(),
                Sequence = t.Column<long>(),
                At = t.Column<long>(),
                Title = t.Column<string>(),
                Minutes = t.Column<int>(nullable: true),
                Rule = t.Column<int>(nullable: true),
                Markdown = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_courses_drafts", d => d.Id);
                t.ForeignKey("FK_courses_drafts_courses_items_ItemId", d => d.ItemId, "courses_items", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_courses_drafts_item", "courses_drafts", ["ItemId", "AuthorId"]);
        migrationBuilder.CreateIndex("ix_courses_drafts_author", "courses_drafts", ["AuthorId", "CourseId"]);
    }
}
