export default function SilencesPage() {
  return null;
}
