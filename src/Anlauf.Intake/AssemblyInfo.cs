[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Anlauf.Intake.Tests")]
