using Microsoft.EntityFrameworkCore.Migrations;

namespace MoocPlatform.Enrollment.Persistence.Migrations;

internal sealed partial class Initial
{
    private static void Numbers(MigrationBuilder migration)
    {
        migration.CreateTable("enrollment_numbers",
            t => new { RunId = t.Column<Guid>(), MadeAt = t.Column<long>(), Body = t.Column<string>() },
            constraints: t => t.PrimaryKey("PK_enrollment_numbers", n => n.RunId));

        migration.CreateTable("enrollment_finishes",
            t => new { RunId = t.Column<Guid>(), LearnerId = t.Column<Guid>(), Steps = t.Column<int>(), At = t.Column<long>() },
            constraints: t => t.PrimaryKey("PK_enrollment_finishes", f => new { f.RunId, f.LearnerId, f.Steps }));
    }
}
