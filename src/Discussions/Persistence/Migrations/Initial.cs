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
            },
            constraints: t => t.PrimaryKey("PK_discussions_boards", b => b.RunId));

        migrationBuilder.CreateTable("discussions_threads",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                AuthorId = t.Column<Guid>(),
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
                LastAt = t.Column<long>(),
                AcceptedId = t.Column<Guid>(nullable: true),
                Endorsed = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_discussions_threads", x => x.Id));
        migrationBuilder.CreateIndex("ix_discussions_threads_board", "discussions_threads", ["RunId", "LastAt", "Id"]);
        migrationBuilder.CreateIndex("ix_discussions_threads_item", "discussions_threads", ["RunId", "ItemId", "LastAt"]);
        migrationBuilder.CreateIndex("ix_discussions_threads_author", "discussions_threads", ["RunId", "AuthorId", "LastAt"]);

        migrationBuilder.CreateTable("discussions_posts",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                AuthorId = t.Column<Guid>(),
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

        migrationBuilder.CreateTable("discussions_votes",
            t => new { WritingId = t.Column<Guid>(), PersonId = t.Column<Guid>() },
            constraints: t => t.PrimaryKey("PK_discussions_votes", v => new { v.WritingId, v.PersonId }));
    }
}
