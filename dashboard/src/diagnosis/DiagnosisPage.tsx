export default function DiagnosisPage() {
  return null;
}
