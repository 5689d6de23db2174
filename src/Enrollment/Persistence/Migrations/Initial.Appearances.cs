using Microsoft.EntityFrameworkCore.Migrations;

namespace MoocPlatform.Enrollment.Persistence.Migrations;

internal sealed partial class Initial
{
    private static void Appearances(MigrationBuilder migration)
    {
        migration.CreateTable("enrollment_appearances",
            t => new
            {
                LearnerId = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                Pseudonym = t.Column<string>(maxLength: 60),
                PseudonymKey = t.Column<string>(maxLength: 100),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_appearances", a => new { a.LearnerId, a.CourseId }));
        migration.CreateIndex("ux_enrollment_appearances_pseudonym", "enrollment_appearances", ["CourseId", "PseudonymKey"], unique: true);

        migration.CreateTable("enrollment_consents",
            t => new
            {
                LearnerId = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                Number = t.Column<int>(),
                Given = t.Column<bool>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_consents", c => new { c.LearnerId, c.CourseId, c.Number }));
    }
}
