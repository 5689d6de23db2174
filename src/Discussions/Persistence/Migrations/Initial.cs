using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Persistence.Migrations;

[DbContext(typeof(DiscussionsDb))]
[Migration("202611210001_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateOutbox("discussions");

        migrationBuilder.CreateTable("discussions_boards",
            t => new
            {
                RunId = t.Column<Guid>(),
                LastSequence = t.Column<long>(),
                Threads = t.Column<int>(),
                Unanswered = t.Column<int>(),
                Shelf = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_discussions_boards", b => b.RunId));

        migrationBuilder.CreateTable("discussions_threads",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                AuthorId = t.Column<Guid>(),
                Anonymous = t.Column<bool>(),
                State = t.Column<int>(),
                Reason = t.Column<string>(),
                Answer = t.Column<string>(),
                Reports = t.Column<int>(),
                Waits = t.Column<bool>(),
                Removed = t.Column<bool>(),
                Markdown = t.Column<string>(),
                Html = t.Column<string>(),
                At = t.Column<long>(),
                EditedAt = t.Column<long>(nullable: true),
                DeletedAt = t.Column<long>(nullable: true),
                Votes = t.Column<int>(),
                Number = t.Column<long>(),
                Sequence = t.Column<long>(),
                Kind = t.Column<int>(),
                Title = t.Column<string>(),
                ItemId = t.Column<Guid>(nullable: true),
                Replies = t.Column<int>(),
                IsPrivate = t.Column<bool>(),
                Consent = t.Column<int>(),
                Pinned = t.Column<bool>(),
                ClosedAt = t.Column<long>(nullable: true),
                MergedIntoId = t.Column<Guid>(nullable: true),
                LastAt = t.Column<long>(),
                LastNumber = t.Column<long>(),
                FirstReplyAt = t.Column<long>(nullable: true),
                FirstReplyById = t.Column<Guid>(nullable: true),
                StaffAnswered = t.Column<bool>(),
                Unanswered = t.Column<bool>(),
                AcceptedId = t.Column<Guid>(nullable: true),
                Endorsed = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_discussions_threads", x => x.Id));
        migrationBuilder.CreateIndex("ix_discussions_threads_board", "discussions_threads", ["RunId", "LastNumber"]);
        migrationBuilder.CreateIndex("ix_discussions_threads_number", "discussions_threads", ["RunId", "Number"]);
        migrationBuilder.CreateIndex("ix_discussions_threads_votes", "discussions_threads", ["RunId", "Votes", "LastNumber"]);
        migrationBuilder.CreateIndex("ix_discussions_threads_unanswered", "discussions_threads", ["RunId", "Number"], filter: "\"Unanswered\"");
        migrationBuilder.CreateIndex("ix_discussions_threads_staff", "discussions_threads", ["RunId", "LastNumber"], filter: "\"StaffAnswered\"");
        migrationBuilder.CreateIndex("ix_discussions_threads_pinned", "discussions_threads", ["RunId", "LastNumber"], filter: "\"Pinned\"");
        migrationBuilder.CreateIndex("ix_discussions_threads_waits", "discussions_threads", ["RunId", "Number"], filter: "\"Waits\"");
        migrationBuilder.CreateIndex("ix_discussions_threads_item", "discussions_threads", ["RunId", "ItemId", "LastNumber"]);
        migrationBuilder.CreateIndex("ix_discussions_threads_author", "discussions_threads", ["RunId", "AuthorId", "LastNumber"]);

        migrationBuilder.CreateTable("discussions_posts",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                AuthorId = t.Column<Guid>(),
                Anonymous = t.Column<bool>(),
                State = t.Column<int>(),
                Reason = t.Column<string>(),
                Answer = t.Column<string>(),
                Reports = t.Column<int>(),
                Waits = t.Column<bool>(),
                Removed = t.Column<bool>(),
                Markdown = t.Column<string>(),
                Html = t.Column<string>(),
                At = t.Column<long>(),
                EditedAt = t.Column<long>(nullable: true),
                DeletedAt = t.Column<long>(nullable: true),
                Votes = t.Column<int>(),
                Number = t.Column<long>(),
                Sequence = t.Column<long>(),
                ThreadId = t.Column<Guid>(),
                ParentId = t.Column<Guid>(nullable: true),
                EndorsedById = t.Column<Guid>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_discussions_posts", x => x.Id));
        migrationBuilder.CreateIndex("ix_discussions_posts_thread", "discussions_posts", ["ThreadId", "ParentId", "Number"]);
        migrationBuilder.CreateIndex("ix_discussions_posts_changed", "discussions_posts", ["ThreadId", "Sequence"]);
        migrationBuilder.CreateIndex("ix_discussions_posts_number", "discussions_posts", ["ThreadId", "Number"]);
        migrationBuilder.CreateIndex("ix_discussions_posts_run", "discussions_posts", ["RunId", "Number"]);
        migrationBuilder.CreateIndex("ix_discussions_posts_waits", "discussions_posts", ["RunId", "Number"], filter: "\"Waits\"");
        migrationBuilder.CreateIndex("ix_discussions_posts_author", "discussions_posts", ["RunId", "AuthorId", "At"]);

        migrationBuilder.CreateTable("discussions_votes",
            t => new { WritingId = t.Column<Guid>(), PersonId = t.Column<Guid>() },
            constraints: t => t.PrimaryKey("PK_discussions_votes", v => new { v.WritingId, v.PersonId }));

        migrationBuilder.CreateTable("discussions_revisions",
            t => new { Id = t.Column<Guid>(), WritingId = t.Column<Guid>(), Markdown = t.Column<string>(), Title = t.Column<string>(nullable: true), Until = t.Column<long>() },
            constraints: t => t.PrimaryKey("PK_discussions_revisions", r => r.Id));
        migrationBuilder.CreateIndex("ix_discussions_revisions_writing", "discussions_revisions", ["WritingId", "Id"]);

        migrationBuilder.CreateTable("discussions_places",
            t => new { PersonId = t.Column<Guid>(), ThreadId = t.Column<Guid>(), RunId = t.Column<Guid>(), Read = t.Column<long>(), Follows = t.Column<int>(), AsTeam = t.Column<bool>() },
            constraints: t => t.PrimaryKey("PK_discussions_places", p => new { p.PersonId, p.ThreadId }));
        migrationBuilder.CreateIndex("ix_discussions_places_followers", "discussions_places", ["ThreadId", "Follows", "PersonId"]);
        migrationBuilder.CreateIndex("ix_discussions_places_followed", "discussions_places", ["PersonId", "RunId", "Follows"]);

        migrationBuilder.CreateTable("discussions_participants",
            t => new
            {
                RunId = t.Column<Guid>(),
                PersonId = t.Column<Guid>(),
                WroteAt = t.Column<long>(nullable: true),
                Known = t.Column<bool>(),
                ReadTo = t.Column<long>(),
                InHour = t.Column<int>(),
                HourFrom = t.Column<long>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_discussions_participants", p => new { p.RunId, p.PersonId }));

        migrationBuilder.CreateTable("discussions_mentions",
            t => new { WritingId = t.Column<Guid>(), PersonId = t.Column<Guid>() },
            constraints: t => t.PrimaryKey("PK_discussions_mentions", m => new { m.WritingId, m.PersonId }));

        migrationBuilder.CreateTable("discussions_restraints",
            t => new { CourseId = t.Column<Guid>(), PersonId = t.Column<Guid>(), IsBan = t.Column<bool>(), Reason = t.Column<string>(), At = t.Column<long>() },
            constraints: t => t.PrimaryKey("PK_discussions_restraints", r => new { r.CourseId, r.PersonId }));

        migrationBuilder.CreateTable("discussions_settings",
            t => new { CourseId = t.Column<Guid>(), HoldsFirst = t.Column<bool>(), AllowsAnonymous = t.Column<bool>() },
            constraints: t => t.PrimaryKey("PK_discussions_settings", s => s.CourseId));

        migrationBuilder.CreateTable("discussions_reports",
            t => new { WritingId = t.Column<Guid>(), PersonId = t.Column<Guid>(), RunId = t.Column<Guid>(), Reason = t.Column<string>(), At = t.Column<long>(), IsClosed = t.Column<bool>() },
            constraints: t => t.PrimaryKey("PK_discussions_reports", r => new { r.WritingId, r.PersonId }));

        migrationBuilder.CreateTable("discussions_acts",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                ThreadId = t.Column<Guid>(nullable: true),
                WritingId = t.Column<Guid>(nullable: true),
                PersonId = t.Column<Guid>(nullable: true),
                ById = t.Column<Guid>(),
                Act = t.Column<int>(),
                Reason = t.Column<string>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_discussions_acts", a => a.Id));
        migrationBuilder.CreateIndex("ix_discussions_acts_run", "discussions_acts", ["RunId", "Id"]);

        migrationBuilder.CreateTable("discussions_pictures",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                PersonId = t.Column<Guid>(),
                WritingId = t.Column<Guid>(nullable: true),
                Type = t.Column<string>(),
                Bytes = t.Column<byte[]>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_discussions_pictures", p => p.Id));
        migrationBuilder.CreateIndex("ix_discussions_pictures_person", "discussions_pictures", ["PersonId", "At"]);
        migrationBuilder.CreateIndex("ix_discussions_pictures_writing", "discussions_pictures", "WritingId");

        // Only what is searched lies in the index; the words themselves are in the tables above.
        migrationBuilder.Sql(migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal)
            ? "CREATE VIRTUAL TABLE discussions_words USING fts5(title, text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3 4')"
            : """
              CREATE TABLE discussions_words ("RunId" uuid NOT NULL, "Number" bigint NOT NULL, "Words" tsvector NOT NULL, PRIMARY KEY ("RunId", "Number"));
              CREATE INDEX ix_discussions_words ON discussions_words USING gin ("Words")
              """);
    }
}
