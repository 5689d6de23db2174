using Microsoft.EntityFrameworkCore.Migrations;

namespace MoocPlatform.Host.Persistence.Migrations;

internal sealed partial class Initial
{
    private static void PersonalData(MigrationBuilder migration)
    {
        migration.CreateTable("host_takeaways",
            t => new
            {
                PersonId = t.Column<Guid>(),
                AskedAt = t.Column<long>(),
                Done = t.Column<int>(),
                Parts = t.Column<int>(),
                ReadyAt = t.Column<long>(nullable: true),
                Bytes = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_host_takeaways", a => a.PersonId));

        migration.CreateTable("host_takeaway_files",
            t => new { PersonId = t.Column<Guid>(), Content = t.Column<byte[]>() },
            constraints: t => t.PrimaryKey("PK_host_takeaway_files", f => f.PersonId));

        migration.CreateTable("host_departures",
            t => new { PersonId = t.Column<Guid>(), Nobody = t.Column<Guid>(), AskedAt = t.Column<long>(), DueAt = t.Column<long>() },
            constraints: t => t.PrimaryKey("PK_host_departures", d => d.PersonId));
    }
}
