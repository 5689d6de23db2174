using Microsoft.EntityFrameworkCore.Migrations;

namespace MoocPlatform.Enrollment.Persistence.Migrations;

internal sealed partial class Initial
{
    private static void Diary(MigrationBuilder migration)
    {
        migration.CreateTable("enrollment_diary_entries",
            t => new
            {
                Id = t.Column<Guid>(),
                LearnerId = t.Column<Guid>(),
                RunId = t.Column<Guid>(nullable: true),
                ItemId = t.Column<Guid>(nullable: true),
                Prompt = t.Column<string>(maxLength: 500, nullable: true),
                Markdown = t.Column<string>(),
                Html = t.Column<string>(),
                Words = t.Column<string>(),
                WrittenAt = t.Column<long>(),
                EditedAt = t.Column<long>(nullable: true),
                SharedAt = t.Column<long>(nullable: true),
                Licence = t.Column<string>(maxLength: 32, nullable: true),
                Revision = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_diary_entries", e => e.Id));
        migration.CreateIndex("ix_enrollment_diary_entries_learner", "enrollment_diary_entries", ["LearnerId", "Id"]);
    }
}
