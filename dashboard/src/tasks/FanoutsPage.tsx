export default function FanoutsPage() {
  return null;
}
